import { walls } from './tools/src/imports/walls.ts';

/** For editors and the dependency-cruiser command; `npm run check` uses the same rules. */
export default walls;
