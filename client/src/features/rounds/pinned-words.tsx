import type {
  CanonicalBlock,
  CanonicalCell,
  CanonicalSection,
  Run,
} from '@longtable/shared/documents/canonical';
import type { Column, DocumentKind, Field, Section } from '@longtable/shared/documents/template';
import { columnLabelId, fieldLabelId, optionLabelId } from '@longtable/shared/documents/texts';
import { Fragment } from 'react';
import { useDay } from '../../lib/use-day.ts';
import { useText } from '../../lib/use-text.ts';
import { groupBlocks } from './canonical-groups.ts';
import './pinned-words.css';

export interface PinnedWordsProps {
  kind: DocumentKind;
  section: Section;
  content: CanonicalSection;
}

/** The exact words that circles answer to, large enough to be read aloud from a phone. */
export function PinnedWords({ kind, section, content }: PinnedWordsProps) {
  const t = useText();
  if (content.blocks.length === 0 && content.fields.length === 0)
    return <p className="soft">{t('round.noWords')}</p>;
  return (
    <div className="pinned-words" dir="auto">
      {groupBlocks(content.blocks).map((group, at) =>
        group.kind === 'block' ? (
          <Block key={at} block={group.block} />
        ) : (
          <ul key={at} className="pinned-list">
            {group.items.map(({ block, number }, index) => (
              <li key={index} data-indent={block.indent ?? 0} dir="auto">
                <span className="pinned-marker" aria-hidden={number === null || undefined}>
                  {number === null ? '•' : t('section.number', { number })}
                </span>
                <span>
                  <Runs runs={block.runs} />
                </span>
              </li>
            ))}
          </ul>
        ),
      )}
      {content.fields.map((field) => {
        const asked = section.fields.find(({ key }) => key === field.key);
        return (
          <section key={field.key} className="stack is-tight">
            <h4>{t(fieldLabelId(kind, section.key, field.key))}</h4>
            {field.kind === 'text' ? (
              <p className="pinned-text" dir="auto">
                {field.text}
              </p>
            ) : (
              asked?.kind === 'rows' && <Rows kind={kind} section={section} field={asked} rows={field.rows} />
            )}
          </section>
        );
      })}
    </div>
  );
}

function Block({ block }: { block: CanonicalBlock }) {
  if (block.runs.length === 0) return <p aria-hidden="true" className="pinned-blank" />;
  if (block.kind === 'heading')
    return (
      <h4 dir="auto" data-level={block.level}>
        <Runs runs={block.runs} />
      </h4>
    );
  const text = (
    <p dir="auto" data-indent={block.indent ?? 0}>
      <Runs runs={block.runs} />
    </p>
  );
  return block.kind === 'quote' ? <blockquote>{text}</blockquote> : text;
}

/** The address of a link is part of what is agreed, so it is read, and nothing here leads away from the round. */
function Runs({ runs }: { runs: readonly Run[] }) {
  return runs.map(({ text, bold, italic, href }, at) => {
    const inner = italic ? <em>{text}</em> : text;
    return (
      <Fragment key={at}>
        {bold ? <strong>{inner}</strong> : inner}
        {href !== undefined && href !== text && (
          <>
            {' '}
            (<bdi className="pinned-href">{href}</bdi>)
          </>
        )}
      </Fragment>
    );
  });
}

interface RowsProps {
  kind: DocumentKind;
  section: Section;
  field: Extract<Field, { kind: 'rows' }>;
  rows: readonly Record<string, CanonicalCell>[];
}

function Rows({ kind, section, field, rows }: RowsProps) {
  const t = useText();
  return (
    <ol className="pinned-rows">
      {rows.map((row, at) => (
        <li key={at}>
          <dl>
            {field.columns.flatMap((column) => {
              const cell = row[column.key];
              return cell === undefined ? (
                []
              ) : (
                <div key={column.key}>
                  <dt>{t(columnLabelId(kind, section.key, field.key, column.key))}</dt>
                  <dd dir="auto">
                    <Cell column={column} cell={cell} />
                  </dd>
                </div>
              );
            })}
          </dl>
        </li>
      ))}
    </ol>
  );
}

function Cell({ column, cell }: { column: Column; cell: CanonicalCell }) {
  const say = useCellText();
  return [cell].flat().map((value, at) => (
    <Fragment key={value}>
      {at > 0 && ' · '}
      {say(column, value)}
    </Fragment>
  ));
}

/** A cell holds the key of an option, a date or free words. */
export function useCellText(): (column: Column | undefined, value: string) => string {
  const t = useText();
  const day = useDay();
  return (column, value) =>
    column?.kind === 'choice' || column?.kind === 'choices'
      ? t(optionLabelId(value))
      : column?.kind === 'date'
        ? day(value)
        : value;
}
