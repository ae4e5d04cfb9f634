import type { CanonicalBlock, Run } from '@longtable/shared/documents/canonical';
import { Fragment, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { labelQuotes, type LabelOf } from '../lib/quote-labels.ts';
import { groupBlocks } from './block-groups.ts';
import './blocks-view.css';

export interface BlocksViewProps {
  blocks: readonly CanonicalBlock[];
  /** Absent where no block is a quote of somebody else's words. */
  labelOf?: LabelOf;
  /** Puts something around each block that says something, such as a box to tick. */
  around?: (block: ReactNode, index: number) => ReactNode;
}

/** Written words to read: as the editor shows them, without an editor. */
export function BlocksView({ blocks, labelOf, around = (block) => block }: BlocksViewProps) {
  const { formatNumber } = useIntl();
  const labels = labelOf && labelQuotes(blocks.map(forLabel), labelOf);
  return (
    <div className="blocks">
      {groupBlocks(blocks).map((group, key) =>
        group.kind === 'list' ? (
          <ul key={key} className="blocks-list">
            {group.items.map(({ block, at, number }) => (
              <li key={at} data-indent={block.indent}>
                {around(
                  <span className="blocks-item" dir="auto">
                    <span className="blocks-marker" aria-hidden={number === null || undefined}>
                      {number === null ? '•' : `${formatNumber(number)}.`}
                    </span>
                    <span>
                      <Runs runs={block.runs} />
                    </span>
                  </span>,
                  at,
                )}
              </li>
            ))}
          </ul>
        ) : (
          <OneBlock key={key} {...group} label={labels?.[group.at] ?? null} around={around} />
        ),
      )}
    </div>
  );
}

interface OneBlockProps extends Required<Pick<BlocksViewProps, 'around'>> {
  block: CanonicalBlock;
  at: number;
  label: string | null;
}

function OneBlock({ block, at, label, around }: OneBlockProps) {
  const { kind, runs, indent, level } = block;
  if (runs.length === 0)
    return label === null ? (
      <p className="blocks-blank" aria-hidden="true" />
    ) : (
      <blockquote className="blocks-gap" dir="auto">
        {label}
      </blockquote>
    );
  const words = <Runs runs={runs} />;
  if (kind === 'heading')
    return around(
      <h4 dir="auto" data-level={level}>
        {words}
      </h4>,
      at,
    );
  if (kind !== 'quote')
    return around(
      <p dir="auto" data-indent={indent}>
        {words}
      </p>,
      at,
    );
  // The words alone say which way the quote runs; its label may be in another language.
  return around(
    <blockquote dir="auto">
      {label !== null && (
        <p className="blocks-source">
          <bdi>{label}</bdi>
        </p>
      )}
      <p data-indent={indent}>{words}</p>
    </blockquote>,
    at,
  );
}

/** The address of a link is read as words: nothing here is opened by a slip of the thumb. */
function Runs({ runs }: { runs: readonly Run[] }) {
  return runs.map(({ text, bold, italic, href }, at) => {
    const inner = italic ? <em>{text}</em> : text;
    return (
      <Fragment key={at}>
        {bold ? <strong>{inner}</strong> : inner}
        {href !== undefined && href !== text && (
          <>
            {' '}
            (<bdi className="blocks-href">{href}</bdi>)
          </>
        )}
      </Fragment>
    );
  });
}

const forLabel = ({ kind, cites, runs }: CanonicalBlock) => ({
  isQuote: kind === 'quote',
  source: cites ?? null,
  isEmpty: runs.length === 0,
});
