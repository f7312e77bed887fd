/**
 * The Public Key Interoperability Test Suite of NIST (version 1.0.1, 2011): its tests by number, with the settings and outcomes its document
 * gives in sections 4.1 to 4.16. The certificates and CRLs themselves are read where a package has installed them.
 */
export const PKITS = process.env['KENSE_PKITS'] ?? '/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data';

export type PkitsTest = {
  /** As the document numbers it, with the subpart where there are several, e.g. `4.8.1.2`. */
  readonly number: string;
  /** File of the end certificate, below `certs`. */
  readonly leaf: string;
  readonly valid: boolean;
  readonly settings: PkitsSettings;
};

type PkitsSettings = {
  readonly initialPolicies?: readonly string[];
  readonly requireExplicitPolicy?: true;
  readonly inhibitPolicyMapping?: true;
  readonly inhibitAnyPolicy?: true;
};

/** Names of the end certificates of each section in their order; unless told otherwise below, what their name says is the outcome. */
const SECTIONS: Readonly<Record<string, string>> = {
  '4.1': `ValidCertificatePath InvalidCASignature InvalidEESignature ValidDSASignatures ValidDSAParameterInheritance InvalidDSASignature`,
  '4.2': `InvalidCAnotBeforeDate InvalidEEnotBeforeDate Validpre2000UTCnotBeforeDate ValidGeneralizedTimenotBeforeDate InvalidCAnotAfterDate
    InvalidEEnotAfterDate Invalidpre2000UTCEEnotAfterDate ValidGeneralizedTimenotAfterDate`,
  '4.3': `InvalidNameChaining InvalidNameChainingOrder ValidNameChainingWhitespace ValidNameChainingWhitespace ValidNameChainingCapitalization
    ValidNameUIDs ValidRFC3280MandatoryAttributeTypes ValidRFC3280OptionalAttributeTypes ValidUTF8StringEncodedNames
    ValidRolloverfromPrintableStringtoUTF8String ValidUTF8StringCaseInsensitiveMatch`,
  '4.4': `InvalidMissingCRL InvalidRevokedCA InvalidRevokedEE InvalidBadCRLSignature InvalidBadCRLIssuerName InvalidWrongCRL ValidTwoCRLs
    InvalidUnknownCRLEntryExtension InvalidUnknownCRLExtension InvalidUnknownCRLExtension InvalidOldCRLnextUpdate
    Invalidpre2000CRLnextUpdate ValidGeneralizedTimeCRLnextUpdate ValidNegativeSerialNumber InvalidNegativeSerialNumber
    ValidLongSerialNumber ValidLongSerialNumber InvalidLongSerialNumber ValidSeparateCertificateandCRLKeys
    InvalidSeparateCertificateandCRLKeys InvalidSeparateCertificateandCRLKeys`,
  '4.5': `ValidBasicSelfIssuedOldWithNew InvalidBasicSelfIssuedOldWithNew ValidBasicSelfIssuedNewWithOld ValidBasicSelfIssuedNewWithOld
    InvalidBasicSelfIssuedNewWithOld ValidBasicSelfIssuedCRLSigningKey InvalidBasicSelfIssuedCRLSigningKey
    InvalidBasicSelfIssuedCRLSigningKey`,
  '4.6': `InvalidMissingbasicConstraints InvalidcAFalse InvalidcAFalse ValidbasicConstraintsNotCritical InvalidpathLenConstraint
    InvalidpathLenConstraint ValidpathLenConstraint ValidpathLenConstraint InvalidpathLenConstraint InvalidpathLenConstraint
    InvalidpathLenConstraint InvalidpathLenConstraint ValidpathLenConstraint ValidpathLenConstraint ValidSelfIssuedpathLenConstraint
    InvalidSelfIssuedpathLenConstraint ValidSelfIssuedpathLenConstraint`,
  '4.7': `InvalidkeyUsageCriticalkeyCertSignFalse InvalidkeyUsageNotCriticalkeyCertSignFalse ValidkeyUsageNotCritical
    InvalidkeyUsageCriticalcRLSignFalse InvalidkeyUsageNotCriticalcRLSignFalse`,
  '4.8': `ValidCertificatePath AllCertificatesNoPolicies DifferentPolicies DifferentPolicies DifferentPolicies OverlappingPolicies
    DifferentPolicies DifferentPolicies DifferentPolicies AllCertificatesSamePolicies AllCertificatesanyPolicy DifferentPolicies
    AllCertificatesSamePolicies AnyPolicy UserNoticeQualifier UserNoticeQualifier UserNoticeQualifier UserNoticeQualifier
    UserNoticeQualifier CPSPointerQualifier`,
  '4.9': `ValidrequireExplicitPolicy ValidrequireExplicitPolicy InvalidrequireExplicitPolicy ValidrequireExplicitPolicy
    InvalidrequireExplicitPolicy ValidSelfIssuedrequireExplicitPolicy InvalidSelfIssuedrequireExplicitPolicy
    InvalidSelfIssuedrequireExplicitPolicy`,
  '4.10': `ValidPolicyMapping InvalidPolicyMapping ValidPolicyMapping InvalidPolicyMapping ValidPolicyMapping ValidPolicyMapping
    InvalidMappingFromanyPolicy InvalidMappingToanyPolicy ValidPolicyMapping InvalidPolicyMapping ValidPolicyMapping ValidPolicyMapping
    ValidPolicyMapping ValidPolicyMapping`,
  '4.11': `InvalidinhibitPolicyMapping ValidinhibitPolicyMapping InvalidinhibitPolicyMapping ValidinhibitPolicyMapping
    InvalidinhibitPolicyMapping InvalidinhibitPolicyMapping ValidSelfIssuedinhibitPolicyMapping InvalidSelfIssuedinhibitPolicyMapping
    InvalidSelfIssuedinhibitPolicyMapping InvalidSelfIssuedinhibitPolicyMapping InvalidSelfIssuedinhibitPolicyMapping`,
  '4.12': `InvalidinhibitAnyPolicy ValidinhibitAnyPolicy inhibitAnyPolicy InvalidinhibitAnyPolicy InvalidinhibitAnyPolicy
    InvalidinhibitAnyPolicy ValidSelfIssuedinhibitAnyPolicy InvalidSelfIssuedinhibitAnyPolicy ValidSelfIssuedinhibitAnyPolicy
    InvalidSelfIssuedinhibitAnyPolicy`,
  '4.13': `ValidDNnameConstraints InvalidDNnameConstraints InvalidDNnameConstraints ValidDNnameConstraints ValidDNnameConstraints
    ValidDNnameConstraints InvalidDNnameConstraints InvalidDNnameConstraints InvalidDNnameConstraints InvalidDNnameConstraints
    ValidDNnameConstraints InvalidDNnameConstraints InvalidDNnameConstraints ValidDNnameConstraints InvalidDNnameConstraints
    InvalidDNnameConstraints InvalidDNnameConstraints ValidDNnameConstraints ValidDNnameConstraints InvalidDNnameConstraints
    ValidRFC822nameConstraints InvalidRFC822nameConstraints ValidRFC822nameConstraints InvalidRFC822nameConstraints
    ValidRFC822nameConstraints InvalidRFC822nameConstraints ValidDNandRFC822nameConstraints InvalidDNandRFC822nameConstraints
    InvalidDNandRFC822nameConstraints ValidDNSnameConstraints InvalidDNSnameConstraints ValidDNSnameConstraints InvalidDNSnameConstraints
    ValidURInameConstraints InvalidURInameConstraints ValidURInameConstraints InvalidURInameConstraints InvalidDNSnameConstraints`,
  '4.14': `ValiddistributionPoint InvaliddistributionPoint InvaliddistributionPoint ValiddistributionPoint ValiddistributionPoint
    InvaliddistributionPoint ValiddistributionPoint InvaliddistributionPoint InvaliddistributionPoint ValidNoissuingDistributionPoint
    InvalidonlyContainsUserCerts InvalidonlyContainsCACerts ValidonlyContainsCACerts InvalidonlyContainsAttributeCerts
    InvalidonlySomeReasons InvalidonlySomeReasons InvalidonlySomeReasons ValidonlySomeReasons ValidonlySomeReasons InvalidonlySomeReasons
    InvalidonlySomeReasons ValidIDPwithindirectCRL InvalidIDPwithindirectCRL ValidIDPwithindirectCRL ValidIDPwithindirectCRL
    InvalidIDPwithindirectCRL InvalidcRLIssuer ValidcRLIssuer ValidcRLIssuer ValidcRLIssuer InvalidcRLIssuer InvalidcRLIssuer
    ValidcRLIssuer InvalidcRLIssuer InvalidcRLIssuer`,
  '4.15': `InvaliddeltaCRLIndicatorNoBase ValiddeltaCRL InvaliddeltaCRL InvaliddeltaCRL ValiddeltaCRL InvaliddeltaCRL ValiddeltaCRL
    ValiddeltaCRL InvaliddeltaCRL InvaliddeltaCRL`,
  '4.16': `ValidUnknownNotCriticalCertificateExtension InvalidUnknownCriticalCertificateExtension`,
};

/** The NIST test policies. */
const policy = (...numbers: readonly number[]): PkitsSettings => ({
  initialPolicies: numbers.map((number) => `2.16.840.1.101.3.2.1.48.${number}`),
});
const DEFAULT: PkitsSettings = {};
const EXPLICIT: PkitsSettings = { requireExplicitPolicy: true };

/** Tests whose outcome depends on the settings, subpart after subpart, and those whose name does not tell it. */
const VARIANTS: Readonly<Record<string, readonly (readonly [PkitsSettings, boolean])[]>> = {
  '4.8.1': [
    [EXPLICIT, true],
    [{ ...EXPLICIT, ...policy(1) }, true],
    [{ ...EXPLICIT, ...policy(2) }, false],
    [{ ...EXPLICIT, ...policy(1, 2) }, true],
  ],
  '4.8.2': [
    [DEFAULT, true],
    [EXPLICIT, false],
  ],
  '4.8.3': [
    [DEFAULT, true],
    [EXPLICIT, false],
    [{ ...EXPLICIT, ...policy(1, 2) }, false],
  ],
  '4.8.4': [[DEFAULT, false]],
  '4.8.5': [[DEFAULT, false]],
  '4.8.6': [
    [DEFAULT, true],
    [policy(1), true],
    [policy(2), false],
  ],
  '4.8.7': [[DEFAULT, false]],
  '4.8.8': [[DEFAULT, false]],
  '4.8.9': [[DEFAULT, false]],
  '4.8.10': [
    [DEFAULT, true],
    [policy(1), true],
    [policy(2), true],
  ],
  '4.8.11': [
    [DEFAULT, true],
    [policy(1), true],
  ],
  '4.8.12': [[DEFAULT, false]],
  '4.8.13': [
    [policy(1), true],
    [policy(2), true],
    [policy(3), true],
  ],
  '4.8.14': [
    [policy(1), true],
    [policy(2), false],
  ],
  '4.8.15': [[DEFAULT, true]],
  '4.8.16': [[DEFAULT, true]],
  '4.8.17': [[DEFAULT, true]],
  '4.8.18': [
    [policy(1), true],
    [policy(2), true],
  ],
  '4.8.19': [[DEFAULT, true]],
  '4.8.20': [[DEFAULT, true]],
  '4.10.1': [
    [policy(1), true],
    [policy(2), false],
    [{ inhibitPolicyMapping: true }, false],
  ],
  '4.10.2': [
    [DEFAULT, false],
    [{ inhibitPolicyMapping: true }, false],
  ],
  '4.10.3': [
    [policy(1), false],
    [policy(2), true],
  ],
  '4.10.5': [
    [policy(1), true],
    [policy(6), false],
  ],
  '4.10.6': [
    [policy(1), true],
    [policy(6), false],
  ],
  '4.10.12': [
    [policy(1), true],
    [policy(2), true],
  ],
  '4.12.3': [
    [DEFAULT, true],
    [{ inhibitAnyPolicy: true }, false],
  ],
};

export const PKITS_TESTS: readonly PkitsTest[] = Object.entries(SECTIONS).flatMap(([section, names]) =>
  names.split(/\s+/).flatMap((name, i): PkitsTest[] => {
    const number = `${section}.${i + 1}`;
    const leaf = `${name}Test${i + 1}EE.crt`;
    const variants = VARIANTS[number];
    if (variants === undefined) return [{ number, leaf, valid: !name.startsWith('Invalid'), settings: DEFAULT }];
    return variants.map(([settings, valid], part) => ({
      number: variants.length === 1 ? number : `${number}.${part + 1}`,
      leaf,
      valid,
      settings,
    }));
  }),
);
