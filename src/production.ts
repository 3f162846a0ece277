/**
 * Imported before everything else by the command: libraries read once, when they are loaded, whether they shall check their
 * caller as well. What nobody asks for otherwise runs without those checks, of which validating a query had most of its cost.
 */
process.env['NODE_ENV'] ??= 'production';
