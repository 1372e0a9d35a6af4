export { addOsqueryApi, type OsqueryApi } from './osquery-api.ts';
