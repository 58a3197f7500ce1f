/** As the contract has it, so that a person hears of it before sending. */
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,63}$/;

export const isLogin = (text: string): boolean => LOGIN.test(text.trim().toLowerCase());
