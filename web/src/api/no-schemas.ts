/**
 * Takes the place of the schema library in the browser (see vite.config.ts): the contract's routes keep their method
 * and path, and every schema is an empty object, as is each of its properties. Types are unaffected, as they come from
 * the real library.
 */
const properties = new Proxy({} as Record<string, object>, { get: () => ({}) });
const schema = () => ({ properties });

export default new Proxy({} as Record<string, typeof schema>, { get: () => schema });
