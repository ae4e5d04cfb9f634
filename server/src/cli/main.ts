import { Command } from 'commander';
import { serve } from '../server.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { keysCommand } from './keys.ts';
import { roomsCommand } from './rooms.ts';
import { seedCommand } from './seed.ts';

const program = new Command('longtable').description(
  'A table where people write prevention plans together as equals.',
);

program.command('serve').description('run the server until it is stopped').action(serve);
program.addCommand(exportCommand());
program.addCommand(seedCommand());
program.addCommand(doctorCommand());
program.addCommand(keysCommand());
program.addCommand(roomsCommand());

await program.parseAsync();
