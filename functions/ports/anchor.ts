/** The signature under a nightly list, with what it takes to check it without any secret. */
interface AnchorSignature {
  /** Which of the installation's keys signed: the newest then. */
  readonly keyVersion: number
  readonly algorithm: 'ed25519'
  /** Raw public key, hex: whoever keeps the journal's copies can check them with it. */
  readonly publicKey: string
  /** Hex. */
  readonly value: string
}

/** Signs the nightly lists of all streams (handlers/README.md, "Chained and anchored"). */
export interface AnchorSigner {
  sign(text: string): AnchorSignature
  /** False when it was made with none of this installation's keys, or over another text. */
  verify(text: string, signature: AnchorSignature): boolean
}
