import { hasTasks } from '@longtable/shared/documents/tasks';
import type { DocumentKind } from '@longtable/shared/documents/template';
import type { DocumentId, SeatId } from '@longtable/shared/ids';
import { ExportFormat, ExportPart } from '@longtable/shared/protocol/http/documents';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { useId, useState } from 'react';
import { errorCodeOf, type RequestErrorCode } from '../../lib/http.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Radio } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { fetchExport } from './documents-api.ts';

export interface ExportDialogProps {
  seat: SeatId;
  documentId: DocumentId;
  kind: DocumentKind;
  locale: Locale;
  /** Some words are on this device only: the file would be without them. */
  hasUnsaved: boolean;
  isOpen: boolean;
  onClose: () => void;
}

/** What a file holds, in plain words, before anyone takes it. */
const INSIDE: Record<ExportPart, readonly string[]> = {
  document: ['standing', 'agreed', 'circles', 'dissent', 'never'],
  'who-does-what': ['tasks', 'circles', 'never'],
};

export function ExportDialog(props: ExportDialogProps) {
  const { seat, documentId, kind, locale, hasUnsaved, isOpen, onClose } = props;
  const t = useText();
  const group = useId();
  const [part, setPart] = useState<ExportPart>('document');
  const [busy, setBusy] = useState<ExportFormat | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<RequestErrorCode | null>(null);

  const take = async (format: ExportFormat) => {
    if (busy !== null) return;
    setBusy(format);
    setError(null);
    setDone(null);
    try {
      const file = await fetchExport(seat, documentId, { part, format, locale });
      saveFile(file);
      setDone(file.name);
    } catch (cause) {
      setError(errorCodeOf(cause));
    } finally {
      setBusy(null);
    }
  };

  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('export.title')} closeLabel={t('close')}>
      <p>{t('export.about')}</p>
      {hasTasks(kind) && (
        <fieldset className="stack is-tight">
          <legend className="field-label">{t('export.part')}</legend>
          {ExportPart.options.map((each) => (
            <Radio
              key={each}
              look="card"
              group={group}
              label={t(`export.part.${each}`)}
              about={t(`export.part.${each}.about`)}
              isChecked={part === each}
              onChoose={() => setPart(each)}
            />
          ))}
        </fieldset>
      )}
      <section className="stack is-tight" aria-labelledby={`${group}-inside`}>
        <h3 id={`${group}-inside`}>{t('export.inside')}</h3>
        <ul className="ticked-list small">
          {INSIDE[part].map((id) => (
            <li key={id}>{t(`export.inside.${id}`)}</li>
          ))}
        </ul>
      </section>
      {hasUnsaved && <Notice tone="warn">{t('export.unsaved')}</Notice>}
      <ul className="plain-list">
        {ExportFormat.options.map((format) => (
          <li key={format}>
            <Button className="export-choice" isBusy={busy === format} onClick={() => void take(format)}>
              <span>
                <strong>{t(`export.${format}`)}</strong>
                <br />
                <span className="small">{t(`export.${format}.about`)}</span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
      <div role="status">
        {busy && t('export.busy')}
        {done && t('export.done', { name: done })}
      </div>
      {error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${error}`)}
        </Notice>
      )}
      <p className="soft small">{t('export.stays')}</p>
    </Dialog>
  );
}
