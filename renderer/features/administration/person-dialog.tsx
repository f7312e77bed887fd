import { Button, FileButton, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Administration, CourtPerson, PersonCertificate } from '../../../shared/contract/index.ts';
import { hasCheckDigit, isIdentifier } from '../../../shared/domain/identifier.ts';
import { ROLES, type Role } from '../../../shared/domain/role.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import styles from './administration-screen.module.css';

type Props = {
  /** Null adds one. */
  readonly person: CourtPerson | null;
  readonly onClose: () => void;
  readonly onChanged: (now: Administration) => void;
};

/** One person: name, IIN, roles and certificates; whoever leaves is revoked, never deleted. */
export function PersonDialog({ person, onClose, onChanged }: Props) {
  const { t } = useTexts();
  const { date } = useFormat();
  const [name, setName] = useState(person?.name ?? '');
  const [iin, setIin] = useState(person?.iin ?? '');
  const [roles, setRoles] = useState<readonly Role[]>(person?.roles ?? []);
  const [certificates, setCertificates] = useState<readonly PersonCertificate[]>(person?.certificates ?? []);
  const saving = useAction();
  const reading = useAction();
  useCommands('dialog', { 'app.back': onClose });
  const iinFits = iin === '' || isIdentifier(iin);
  const ready = name.trim() !== '' && iinFits;

  const save = (active: boolean) => {
    if (!ready) return;
    const change = { id: person?.id ?? null, seen: person?.seen ?? null, name, iin: iin || null, roles: [...roles], active };
    void saving.run(() => kense().administration.keepPerson({ ...change, certificates: certificates.map(({ pem }) => pem) }), onChanged);
  };
  const addCertificate = (file: File | null) => {
    if (!file) return;
    void reading.run(
      async () => kense().administration.readCertificate({ file: toBase64(new Uint8Array(await file.arrayBuffer())) }),
      (read) => {
        setCertificates((old) => [...old.filter(({ pem }) => pem !== read.pem), read]);
        if (name.trim() === '') setName(read.name);
        if (iin === '' && read.iin !== null) setIin(read.iin);
      },
    );
  };
  return (
    <Dialog title={person?.name ?? t('administration.addPerson')} onClose={onClose} busy={saving.busy}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save(person?.active ?? true);
        }}
      >
        <TextInput
          data-autofocus
          label={t('administration.name')}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('administration.iin')}
          inputMode="numeric"
          maxLength={12}
          value={iin}
          error={iinFits ? null : t('administration.iinLength')}
          description={isIdentifier(iin) && !hasCheckDigit(iin) ? t('administration.iinCheck') : null}
          onChange={(event) => setIin(event.currentTarget.value.replace(/\D/g, ''))}
        />
        <fieldset className={styles.roles}>
          <legend>{t('administration.roles')}</legend>
          {ROLES.map((role) => (
            <label key={role} className={styles.option}>
              <input
                type="checkbox"
                checked={roles.includes(role)}
                disabled={person?.isMe === true && role === 'admin'}
                onChange={(event) => {
                  const wanted = event.currentTarget.checked;
                  setRoles(ROLES.filter((one) => (one === role ? wanted : roles.includes(one))));
                }}
              />
              {t(`role.${role}`)}
            </label>
          ))}
        </fieldset>
        <div role="group" aria-label={t('administration.certificates')}>
          {certificates.map((one) => (
            <p key={one.pem} className={styles.certificate}>
              {t('administration.certificateOf', { name: one.name, until: date(one.validUntil) })}
              <Button variant="default" onClick={() => setCertificates(certificates.filter((other) => other !== one))}>
                {t('administration.removeCertificate')}
              </Button>
            </p>
          ))}
          <FileButton accept=".cer,.crt,.pem,.der" onChange={addCertificate}>
            {(given) => (
              <Button variant="default" loading={reading.busy} {...given}>
                {t('administration.addCertificate')}
              </Button>
            )}
          </FileButton>
        </div>
        {reading.failure && <FailureCard failure={reading.failure} compact />}
        {saving.failure && <FailureCard failure={saving.failure} compact />}
        <div className={styles.bar}>
          <Button type="submit" loading={saving.busy} disabled={!ready}>
            {t('administration.save')}
          </Button>
          {person && !person.isMe && (
            <Button variant="default" loading={saving.busy} onClick={() => save(!person.active)}>
              {t(person.active ? 'administration.revokePerson' : 'administration.restorePerson')}
            </Button>
          )}
        </div>
        {person?.isMe && <p className={styles.note}>{t('administration.notYourself')}</p>}
      </form>
    </Dialog>
  );
}

/** In pieces: the stack does not take the bytes of a whole file as arguments. */
function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text);
}
