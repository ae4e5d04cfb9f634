import type { Column, DocumentKind, Section } from '@longtable/shared/documents/template';
import { columnLabelId, fieldLabelId } from '@longtable/shared/documents/texts';
import type { DocumentId, SeatId } from '@longtable/shared/ids';
import type {
  DifferencePart,
  RowDifference,
  SectionDifference as Difference,
} from '@longtable/shared/protocol/http/difference';
import type { SectionStanding } from '@longtable/shared/protocol/http/standing';
import { useCallback, useEffect, useRef } from 'react';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { useCellText } from './pinned-words.tsx';
import { fetchDifference } from './rounds-api.ts';
import { LOOK_AGAIN_MS } from './use-standing.ts';
import './section-difference.css';

export interface SectionDifferenceProps {
  seat: SeatId;
  documentId: DocumentId;
  kind: DocumentKind;
  section: Section;
  /** As it was last asked for: the difference is another only where the head or the round is. */
  standing: SectionStanding;
}

/** From the words that were agreed to those that stand there now, told apart by more than colour. */
export function SectionDifference({ seat, documentId, kind, section, standing }: SectionDifferenceProps) {
  const t = useText();
  const { data, error, reload } = useLoaded(
    useCallback(() => fetchDifference(seat, documentId, section.key), [seat, documentId, section.key]),
    // Neither head nor round says that words were taken back.
    LOOK_AGAIN_MS,
  );
  const of = `${standing.roundId}/${standing.head}`;
  const asked = useRef(of);
  useEffect(() => {
    if (asked.current === of && error === null) return;
    asked.current = of;
    void reload();
    // `standing` is a new one each time it was asked for, which is when to try again after a failure.
  }, [standing, of, error, reload]);
  if (data === null)
    return error ? (
      <Notice tone="warn">
        <p>{t(`error.${error}`)}</p>
        <Button onClick={() => void reload()}>{t('tryAgain')}</Button>
      </Notice>
    ) : (
      <Loading text={t('loading')} />
    );
  return (
    <section className="difference" aria-label={t('difference.title')}>
      {data.isFormOnly ? (
        <p>{t('difference.formOnly')}</p>
      ) : hasChanges(data) ? (
        <p className="soft small">{t('difference.about')}</p>
      ) : (
        <p>{t('difference.none')}</p>
      )}
      {data.text.length > 0 && (
        <p className="difference-text" dir="auto">
          <Parts parts={data.text} />
        </p>
      )}
      {data.fields.map((field) => {
        const asked = section.fields.find(({ key }) => key === field.key);
        return (
          <div key={field.key} className="stack is-tight">
            <h4>{t(fieldLabelId(kind, section.key, field.key))}</h4>
            {field.kind === 'text' ? (
              <p className="difference-text" dir="auto">
                <Parts parts={field.parts} />
              </p>
            ) : (
              <ul className="difference-rows">
                {field.rows.map((row, at) => (
                  <li key={at}>
                    <Row
                      row={row}
                      columns={asked?.kind === 'rows' ? asked.columns : []}
                      labelOf={(column) => t(columnLabelId(kind, section.key, field.key, column))}
                    />
                  </li>
                ))}
              </ul>
            )}
          </div>
        );
      })}
    </section>
  );
}

const hasChanges = ({ text, fields }: Difference): boolean =>
  [
    ...text,
    ...fields.flatMap((field): { kind: string }[] => (field.kind === 'text' ? field.parts : field.rows)),
  ].some(({ kind }) => kind !== 'same');

const rowTexts = {
  same: 'difference.rowSame',
  added: 'difference.rowAdded',
  removed: 'difference.rowRemoved',
  changed: 'difference.rowChanged',
} as const;

interface RowProps {
  row: RowDifference;
  columns: readonly Column[];
  labelOf: (column: string) => string;
}

function Row({ row, columns, labelOf }: RowProps) {
  const t = useText();
  const say = useCellText();
  return (
    <>
      <p className="soft small">{t(rowTexts[row.kind])}</p>
      <dl>
        {row.cells.map(({ column, parts }) => {
          const known = columns.find(({ key }) => key === column);
          const isWords = known?.kind === 'text';
          return (
            <div key={column}>
              <dt className="soft small">{labelOf(column)}</dt>
              <dd dir="auto" className={isWords ? 'difference-text' : undefined}>
                <Parts
                  parts={parts.map((part) => ({ ...part, text: say(known, part.text) }))}
                  isList={!isWords}
                />
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}

/** Screen readers rarely say what `ins` and `del` mean, so words do. */
function Parts({ parts, isList = false }: { parts: readonly DifferencePart[]; isList?: boolean }) {
  const t = useText();
  const aside = (text: string) => <span className="sr-only">{text} </span>;
  return parts.map(({ kind, text }, at) => {
    const gap = isList && at > 0 ? ' · ' : '';
    if (kind === 'same') return `${gap}${text}`;
    const Mark = kind === 'added' ? 'ins' : 'del';
    return (
      <span key={at}>
        {gap}
        <Mark>
          {aside(t(kind === 'added' ? 'difference.added' : 'difference.removed'))}
          {text}
          <span className="sr-only"> {t('difference.end')}</span>
        </Mark>
      </span>
    );
  });
}
