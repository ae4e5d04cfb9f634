import type { CircleId, SeatId } from '@longtable/shared/ids';
import { MAX_TABLE_CARDS } from '@longtable/shared/limits';
import type { MintedCode } from '@longtable/shared/protocol/http/circles';
import { PaperSize } from '@longtable/shared/protocol/http/table-cards';
import { useCallback, useState } from 'react';
import { saveFile } from '../../lib/save-file.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { NumberInput, Select } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { printCards } from './circles-api.ts';

/** Says nothing on a phone that others hold. */
const FILE_NAME = 'cards.pdf';

export interface PrintCardsProps {
  seat: SeatId;
  circleId: CircleId;
  code: MintedCode;
  /** How many people the code lets in; a card for each is what most want. */
  uses: number;
}

/** Cards that are all alike, for the one moment in which the code is known. */
export function PrintCards({ seat, circleId, code, uses }: PrintCardsProps) {
  const t = useText();
  const [cards, setCards] = useState(uses);
  const [paper, setPaper] = useState<PaperSize>('a4');
  const [isDone, setDone] = useState(false);
  const print = useAction(
    useCallback(async () => {
      setDone(false);
      const content = await printCards(seat, circleId, code.id, { code: code.code, cards, paper });
      saveFile({ name: FILE_NAME, content });
      setDone(true);
    }, [seat, circleId, code, cards, paper]),
  );
  return (
    <details className="fold">
      <summary>{t('tableCards.title')}</summary>
      <Form
        className="stack is-tight"
        onSubmit={() => {
          void print.run();
        }}
      >
        <p className="soft small">{t('tableCards.about')}</p>
        <div className="two-numbers">
          <NumberInput
            label={t('tableCards.count')}
            value={cards}
            min={1}
            max={MAX_TABLE_CARDS}
            onChange={setCards}
          />
          <Select
            label={t('tableCards.paper')}
            value={paper}
            options={PaperSize.options.map((size) => ({ value: size, label: t(`tableCards.paper.${size}`) }))}
            onChange={(value) => setPaper(PaperSize.parse(value))}
          />
        </div>
        <Button type="submit" isBusy={print.isBusy}>
          {t('tableCards.make')}
        </Button>
        <p role="status" className="small">
          {isDone && t('tableCards.done', { name: FILE_NAME })}
        </p>
        {print.error && (
          <Notice tone="stop" isUrgent>
            {t(`error.${print.error}`)}
          </Notice>
        )}
      </Form>
    </details>
  );
}
