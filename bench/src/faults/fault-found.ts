/** Something that must never happen has happened. */
export class FaultFound extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'FaultFound';
    this.faults = faults;
  }
}

/** This machine has not what the scenario needs. */
export class NotHere extends Error {}
