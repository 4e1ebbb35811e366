/** What the key is called that the hub makes itself at its first start; whoever shows it says it in the language of the reader. */
export const nameOfFirstKey = 'administrator (first start)';
