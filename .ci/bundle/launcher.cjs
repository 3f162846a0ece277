#!/usr/bin/env node
/** What is installed from a bundle holds real data and people, unless somebody says otherwise. */
process.env.KHUNG_MODE ||= 'production';
void import('../dist/src/cli.js');
