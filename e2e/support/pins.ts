import { expect } from '@playwright/test';
import type { Person } from './person.ts';

/** Touches a PIN on the pad, figure by figure. */
export async function touchPin(phone: Person, pin: string, ok: 'pin.next' | 'pin.open'): Promise<void> {
  const pad = phone.page.getByRole('group', { name: phone.t('pin.label') });
  for (const figure of pin) await pad.getByRole('button', { name: figure, exact: true }).tap();
  await pad.getByRole('button', { name: phone.t(ok), exact: true }).tap();
}

/** Chooses a PIN: the same figures twice. */
export async function choosePin(phone: Person, pin: string): Promise<void> {
  await touchPin(phone, pin, 'pin.next');
  await expect(phone.page.getByText(phone.t('pin.again'))).toBeVisible();
  await touchPin(phone, pin, 'pin.next');
}

/** Leaves the phone to whoever is next, at the pad. */
export async function passPhone(phone: Person): Promise<void> {
  await phone.button('phone.pass').tap();
  await expect(phone.heading('phone.lockedTitle')).toBeVisible();
}
