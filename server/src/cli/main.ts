import { Command } from 'commander';
import { serve } from '../server.ts';
import { exportCommand } from './export.ts';

const program = new Command('longtable').description(
  'A table where people write prevention plans together as equals.',
);

program.command('serve').description('run the server until it is stopped').action(serve);
program.addCommand(exportCommand());

await program.parseAsync();
