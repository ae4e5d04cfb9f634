import type { DocumentId, SeatId } from '@longtable/shared/ids';
import { ExportFormat } from '@longtable/shared/protocol/http/documents';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { useState } from 'react';
import { errorCodeOf, type RequestErrorCode } from '../../lib/http.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { fetchExport } from './documents-api.ts';

export interface ExportDialogProps {
  seat: SeatId;
  documentId: DocumentId;
  locale: Locale;
  /** Some words are on this device only: the file would be without them. */
  hasUnsaved: boolean;
  isOpen: boolean;
  onClose: () => void;
}

export function ExportDialog({ seat, documentId, locale, hasUnsaved, isOpen, onClose }: ExportDialogProps) {
  const t = useText();
  const [busy, setBusy] = useState<ExportFormat | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<RequestErrorCode | null>(null);

  const take = async (format: ExportFormat) => {
    if (busy !== null) return;
    setBusy(format);
    setError(null);
    setDone(null);
    try {
      const file = await fetchExport(seat, documentId, format, locale);
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
