const signatureLine =
  /^(?:-- ?$|(?:med )?(?:de )?(?:venlig|venlige|bedste|mange|kærlig|vennlig|vänlig|kind|best) (?:hilsen|hilsner|hilsning|hälsning|hälsningar|regards)\b|mvh\b|vh\b|kh\b|hilsen\b|hilsner\b|regards\b|mit freundlichen grüßen|sendt fra (?:min|mit|outlook)\b|sent from (?:my|outlook)\b|skickat från (?:min|outlook)\b|von meinem .{1,30} gesendet|gesendet von |hämta outlook|skaff deg outlook|hent outlook til|få outlook til|get outlook for)/iu

/** Whether a line opens the closing words and the signature. */
export const isSignatureStart = (line: string): boolean => {
  const text = line.trimEnd()
  return text.length <= 60 && signatureLine.test(text)
}
