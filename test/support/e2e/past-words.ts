/** Why a filing of last month was put off. */
export const PUT_OFF_FOR = 'аударманы күтеміз';
/** Why findings of last month were gone on in spite of. */
export const WENT_ON_FOR = 'қолы қағазда қойылған';
