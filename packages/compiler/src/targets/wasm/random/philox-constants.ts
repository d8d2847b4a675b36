/** Rounds of Philox4x32-10. */
export const ROUNDS = 10;
/** Multipliers of words 0 and 2, and increments of the two words of the key: table 2 of Salmon, Moraes, Dror, Shaw (2011). */
export const MULTIPLIER_0 = 0xd251_1f53n;
export const MULTIPLIER_1 = 0xcd9e_8d57n;
export const WEYL_0 = 0x9e37_79b9n;
export const WEYL_1 = 0xbb67_ae85n;
