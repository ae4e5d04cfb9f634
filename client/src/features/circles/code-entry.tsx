import { useState } from 'react';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';

/** Shortest text that can be a code; the server knows the rest. */
const MIN_CODE_CHARACTERS = 4;
const MAX_CODE_CHARACTERS = 64;

export interface CodeEntryProps {
  problem: string | null;
  onCode: (code: string) => void;
}

export function CodeEntry({ problem, onCode }: CodeEntryProps) {
  const t = useText();
  const [code, setCode] = useState('');
  const { form, isTried, refuse } = useRefusal();
  const isShort = code.trim().length < MIN_CODE_CHARACTERS;
  return (
    <Form
      ref={form}
      onSubmit={() => {
        if (isShort) refuse();
        else onCode(code.trim());
      }}
    >
      <TextInput
        className="is-code"
        label={t('join.code')}
        hint={t('join.codeHint')}
        error={isTried && isShort ? t('join.codeMissing') : problem}
        value={code}
        maxLength={MAX_CODE_CHARACTERS}
        onChange={setCode}
      />
      <Button type="submit" look="primary" isLarge>
        {t('join.next')}
      </Button>
    </Form>
  );
}
