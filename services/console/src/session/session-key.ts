/** Under which the session is kept: who is signed in, or null. */
export const sessionKey = ['session'] as const;
