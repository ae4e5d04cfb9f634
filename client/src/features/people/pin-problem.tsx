import type { RequestErrorCode } from '../../lib/http.ts';
import { useText } from '../../lib/use-text.ts';
import { Notice } from '../../ui/notice.tsx';

/** Why a PIN was not taken. Too many wrong ones are another wait than too many wrong codes. */
export function PinProblem({ error }: { error: RequestErrorCode | null }) {
  const t = useText();
  if (error === null) return null;
  return (
    <Notice tone="warn" isUrgent>
      {error === 'tooManyGuesses' ? t('pin.wait') : t(`error.${error}`)}
    </Notice>
  );
}
