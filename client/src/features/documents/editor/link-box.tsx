import type { Editor } from '@tiptap/react';
import { TextSelection } from '@tiptap/pm/state';
import { useState } from 'react';
import { useText } from '../../../lib/use-text.ts';
import { Button } from '../../../ui/button.tsx';
import { TextInput } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { linkAtCaret, openLink, readHref } from './link.ts';

export interface LinkBoxProps {
  editor: Editor;
  /** The link that the caret is in. */
  href: string | null;
  isEditing: boolean;
  isDisabled: boolean;
  onEdit: () => void;
  onDone: () => void;
}

/** The whole address is written out before anybody can open it. */
export function LinkBox({ editor, href, isEditing, isDisabled, onEdit, onDone }: LinkBoxProps) {
  const t = useText();
  const [typed, setTyped] = useState(href ?? '');
  const [isWrong, setWrong] = useState(false);

  const apply = (next: string | null) => {
    const { state, view } = editor;
    const type = state.schema.marks['link'];
    if (type === undefined || !editor.isEditable) return;
    const { from, to } = linkAtCaret(state) ?? state.selection;
    const { tr } = state;
    tr.removeMark(from, to, type);
    if (next !== null) tr.addMark(from, to, type.create({ href: next }));
    tr.setSelection(TextSelection.create(tr.doc, to)).setStoredMarks([]);
    view.dispatch(tr);
    onDone();
    view.focus();
  };

  if (!isEditing && href !== null)
    return (
      <div className="link-box">
        <span className="link-address" dir="ltr">
          {href}
        </span>
        <div className="button-row">
          <Button onClick={() => openLink(href)}>{t('link.open')}</Button>
          {!isDisabled && (
            <>
              <Button look="quiet" onClick={onEdit}>
                {t('link.change')}
              </Button>
              <Button look="quiet" onClick={() => apply(null)}>
                {t('link.remove')}
              </Button>
            </>
          )}
        </div>
      </div>
    );

  return (
    <Form
      className="link-box"
      onSubmit={() => {
        const next = readHref(typed);
        if (next === null) setWrong(true);
        else apply(next);
      }}
    >
      <TextInput
        label={t('link.address')}
        hint={t('link.hint')}
        error={isWrong ? t('link.wrong') : null}
        value={typed}
        onChange={setTyped}
      />
      <div className="button-row">
        <Button type="submit" look="primary">
          {t('link.set')}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </Form>
  );
}
