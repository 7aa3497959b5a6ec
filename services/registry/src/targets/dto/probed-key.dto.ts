export class ProbedKeyView {
  /** The waiting key whose next attempt is made now */
  key!: string;
}
