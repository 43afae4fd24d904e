const SECRET_PATTERN = /apikey|apisecret|secretkey|privatekey|accesskey|passphrase|password|^(access|api|auth)?(secret|token)$/;

/** Whether an option of this name would hold a credential. */
export function isSecretName(name: string): boolean {
  return SECRET_PATTERN.test(name.toLowerCase().replaceAll(/[_-]/g, ""));
}

/** What is said instead of the value. */
export const SECRET_ADVICE =
  "credentials are read from the environment only, so that they never end in a file; remove it and set BINANCE_API_KEY and " +
  "BINANCE_API_SECRET (or BYBIT_…, OKX_…, BITGET_…, KUCOIN_…; the last three also need …_API_PASSPHRASE)";
