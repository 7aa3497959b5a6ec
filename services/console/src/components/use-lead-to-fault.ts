import { useEffect, useRef, useState } from 'react';

/**
 * Leads to the first thing that is wrong in a form that was refused.
 *
 * @param formId Id of the form's element.
 * @returns To be called when the form was refused.
 */
export function useLeadToFault(formId: string): () => void {
  const isWanted = useRef(false);
  const [, setRefusals] = useState(0);
  // After each render: folds over an error may have to open, and a notice may come later than the refusal.
  useEffect(() => {
    if (!isWanted.current) return;
    const form = document.getElementById(formId);
    const first = form?.querySelector<HTMLElement>('[data-form-notice], [aria-invalid=true]');
    if (!first) return;
    isWanted.current = false;
    // In the middle, as the foot of the form covers what is at the bottom.
    first.scrollIntoView({ block: 'center' });
    first.focus({ preventScroll: true });
  });
  return () => {
    isWanted.current = true;
    setRefusals((count) => count + 1);
  };
}
