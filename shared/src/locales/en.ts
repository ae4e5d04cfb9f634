import app from './en/app.json' with { type: 'json' };
import documents from './en/documents.json' with { type: 'json' };
import doors from './en/doors.json' with { type: 'json' };
import errors from './en/errors.json' with { type: 'json' };
import exports from './en/exports.json' with { type: 'json' };
import here from './en/here.json' with { type: 'json' };
import notes from './en/notes.json' with { type: 'json' };
import partners from './en/partners.json' with { type: 'json' };
import people from './en/people.json' with { type: 'json' };
import rounds from './en/rounds.json' with { type: 'json' };
import words from './en/words.json' with { type: 'json' };

export const messages: Record<string, string> = {
  ...app,
  ...documents,
  ...doors,
  ...errors,
  ...exports,
  ...here,
  ...notes,
  ...partners,
  ...people,
  ...rounds,
  ...words,
};
