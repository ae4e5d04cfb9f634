import app from './ar/app.json' with { type: 'json' };
import documents from './ar/documents.json' with { type: 'json' };
import doors from './ar/doors.json' with { type: 'json' };
import errors from './ar/errors.json' with { type: 'json' };
import exports from './ar/exports.json' with { type: 'json' };
import here from './ar/here.json' with { type: 'json' };
import notes from './ar/notes.json' with { type: 'json' };
import partners from './ar/partners.json' with { type: 'json' };
import people from './ar/people.json' with { type: 'json' };
import rounds from './ar/rounds.json' with { type: 'json' };
import words from './ar/words.json' with { type: 'json' };

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
