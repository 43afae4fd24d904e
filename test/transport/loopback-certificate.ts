/**
 * A certificate for 127.0.0.1 and localhost that nobody trusts, signed by itself and good for a hundred years, with its key. It proves
 * nothing and protects nothing; tests serve TLS on loopback with it.
 */
export const CERTIFICATE = `
-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUcyfEBc0xGvU10ft8190gF/NAaHcwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjAwMDIwNVoYDzIxMjYxMTAy
MDAwMjA1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARBTxoc9oO66YBqegBGGC6B6kj82qfLwfUbdV8u6sRJcA1ELk/QTQza
NT2ZWGN5zI+o2X2quba01Y1ef4rKzTcSo28wbTAdBgNVHQ4EFgQUkpVxQO/S4asK
oLZByASxe6k2K6YwHwYDVR0jBBgwFoAUkpVxQO/S4asKoLZByASxe6k2K6YwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgaFuFqV3UnIJUzx5RXqz60FxpwiPKuoOmyyG56wIQkS0CIGP/
CmQQhUHnDMJnevHMYQ1FPsuRe2G6scTlYGtutUth
-----END CERTIFICATE-----
`;

export const PRIVATE_KEY = `
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQYKiZHkPdDdm0Cwt
N9jk510tqaaU8aEpDY2MCb6ichGhRANCAARBTxoc9oO66YBqegBGGC6B6kj82qfL
wfUbdV8u6sRJcA1ELk/QTQzaNT2ZWGN5zI+o2X2quba01Y1ef4rKzTcS
-----END PRIVATE KEY-----
`;
