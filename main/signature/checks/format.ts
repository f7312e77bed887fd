import type { SignatureFacts } from '../facts/signature-facts.ts';
import { failed, judged, notRun, passed, type Finding } from './finding.ts';

const ID_DATA = '1.2.840.113549.1.7.1';

/** Format checking (EN 319 102-1 §5.2.2) of one signer of a message that could be read. */
export function checkFormat(facts: SignatureFacts): Finding[] {
  return [
    passed('format.structure'),
    checkConsistency(facts),
    checkAttributes(facts),
    checkContentType(facts),
    checkConfusion(facts),
    checkAgreement(facts),
    checkPresence(facts),
  ];
}

/** RFC 5652 §5.1, §5.3: versions follow from what is inside, and digest algorithms are announced. */
function checkConsistency({ inconsistency }: SignatureFacts): Finding {
  return judged('format.consistency', inconsistency);
}

/** RFC 5652 §5.3: content type and message digest are there, once, with one value. */
function checkAttributes({ attributes, contentType }: SignatureFacts): Finding {
  if (attributes) return judged('format.attributes', attributes.faults[0] ?? null);
  // Signed attributes must be there when the content is anything but plain data.
  return judged('format.attributes', contentType === ID_DATA ? null : 'signed-attributes-missing');
}

/** RFC 5652 §11.1: the content type that was signed is the one the message states. */
function checkContentType({ attributes, contentType }: SignatureFacts): Finding {
  if (!attributes?.contentType) return notRun('format.content-type', 'no-attribute');
  return judged('format.content-type', attributes.contentType === contentType ? null : 'content-type-differs');
}

/** RFC 8933 §5: attributes somebody signed once must not be shown as signed content. */
function checkConfusion({ attributes, content }: SignatureFacts): Finding {
  if (attributes) return passed('format.no-attribute-confusion');
  return judged('format.no-attribute-confusion', content.resemblesAttributes ? 'content-is-signed-attributes' : null);
}

/** A message with content inside says nothing about another file laid beside it. */
function checkAgreement({ content }: SignatureFacts): Finding {
  return judged('format.content-agrees', content.conflict ? 'content-differs' : null);
}

function checkPresence({ attributes }: SignatureFacts): Finding {
  return attributes ? passed('acceptance.signed-attributes') : failed('acceptance.signed-attributes', 'signed-attributes-missing');
}
