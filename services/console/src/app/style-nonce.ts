/**
 * What style elements have to carry: the policy of the page applies no others. The registry puts another one into the
 * page each time that it is loaded; the development server has no policy and none of these.
 */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// The library that keeps the page from scrolling behind a dialog asks for it by this name.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });
