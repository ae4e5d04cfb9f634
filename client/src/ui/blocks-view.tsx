import type { CanonicalBlock, Run } from '@longtable/shared/documents/canonical';
import type { ReactNode } from 'react';
import './blocks-view.css';

export interface BlocksViewProps {
  blocks: readonly CanonicalBlock[];
  /** Puts something around each block, such as a box to tick. */
  around?: (block: ReactNode, index: number) => ReactNode;
}

/** Written words to read: as the editor shows them, without an editor. Blank lines are left out. */
export function BlocksView({ blocks, around = (block) => block }: BlocksViewProps) {
  const numbers = numberItems(blocks);
  return (
    <div className="blocks">
      {blocks.map((block, index) =>
        block.runs.length === 0 ? null : (
          <div key={index} className="blocks-one">
            {around(<OneBlock block={block} mark={numbers[index] ?? null} />, index)}
          </div>
        ),
      )}
    </div>
  );
}

function OneBlock({ block, mark }: { block: CanonicalBlock; mark: string | null }) {
  const Tag = block.kind === 'quote' ? 'blockquote' : 'p';
  return (
    <Tag dir="auto" data-block={block.kind} data-indent={block.indent}>
      {mark !== null && <span className="blocks-mark">{mark} </span>}
      {block.runs.map((run, index) => (
        <RunView key={index} run={run} />
      ))}
    </Tag>
  );
}

/** Addresses are shown as words: nothing here is opened by a slip of the thumb. */
function RunView({ run }: { run: Run }) {
  const words = run.italic ? <em>{run.text}</em> : run.text;
  return run.bold ? <strong>{words}</strong> : <>{words}</>;
}

/** “2.” counts at its own depth until something that is no item, or a shallower one, comes between. */
function numberItems(blocks: readonly CanonicalBlock[]): (string | null)[] {
  let counts: number[] = [];
  return blocks.map(({ kind, indent = 0 }) => {
    if (kind !== 'number' && kind !== 'bullet') {
      counts = [];
      return null;
    }
    counts = counts.slice(0, indent + 1);
    if (kind === 'bullet') {
      counts[indent] = 0;
      return '•';
    }
    const count = (counts[indent] ?? 0) + 1;
    counts[indent] = count;
    return `${count}.`;
  });
}
