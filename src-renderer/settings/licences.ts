// Made by scripts/licences.mjs from what is installed.

/** What the bundles contain of others. */
export const LICENCES = [
  {
    name: 'builder-util-runtime',
    version: '9.7.0',
    licence: 'MIT',
    copyright: ['Copyright (c) 2015 Loopline Systems'],
  },
  {
    name: 'commander',
    version: '15.1.0',
    licence: 'MIT',
    copyright: ['(The MIT License)', 'Copyright (c) 2011 TJ Holowaychuk tj@vision-media.ca'],
  },
  {
    name: 'electron-updater',
    version: '6.8.10',
    licence: 'MIT',
    copyright: ['Copyright (c) 2015 Loopline Systems'],
  },
  { name: 'keytar', version: '7.9.0', licence: 'MIT', copyright: ['Copyright (c) 2013 GitHub Inc.'] },
  { name: 'lazy-val', version: '1.0.5', licence: 'MIT', copyright: ['Vladimir Krivosheev'] },
  {
    name: 'lodash.escaperegexp',
    version: '4.1.2',
    licence: 'MIT',
    copyright: [
      'Copyright jQuery Foundation and other contributors https://jquery.org/',
      'Based on Underscore.js, copyright Jeremy Ashkenas,',
      'DocumentCloud and Investigative Reporters & Editors http://underscorejs.org/',
      'This software consists of voluntary contributions made by many',
      'individuals. For exact contribution history, see the revision history',
      'available at https://github.com/lodash/lodash',
      'The following license applies to all parts of this software except as',
      'documented below:',
    ],
  },
  {
    name: 'node-addon-api',
    version: '4.3.0',
    licence: 'MIT',
    copyright: [
      'Copyright (c) 2017 Node.js API collaborators',
      'Node.js API collaborators listed at https://github.com/nodejs/node-addon-api#collaborators',
    ],
  },
  { name: 'oauth4webapi', version: '3.8.8', licence: 'MIT', copyright: ['Copyright (c) 2022 Filip Skokan'] },
  {
    name: 'react',
    version: '19.3.1',
    licence: 'MIT',
    copyright: ['Copyright (c) Meta Platforms, Inc. and affiliates.'],
  },
  {
    name: 'react-dom',
    version: '19.3.1',
    licence: 'MIT',
    copyright: ['Copyright (c) Meta Platforms, Inc. and affiliates.'],
  },
  {
    name: 'rotating-file-stream',
    version: '3.2.10',
    licence: 'MIT',
    copyright: ['Copyright (c) 2015 Daniele Ricci'],
  },
  {
    name: 'scheduler',
    version: '0.28.0',
    licence: 'MIT',
    copyright: ['Copyright (c) Meta Platforms, Inc. and affiliates.'],
  },
  {
    name: 'semver',
    version: '7.7.4',
    licence: 'ISC',
    copyright: ['Copyright (c) Isaac Z. Schlueter and Contributors'],
  },
  {
    name: 'tiny-typed-emitter',
    version: '2.1.0',
    licence: 'MIT',
    copyright: ['Copyright (c) 2020 Zurab Benashvili (binier) zura.bena@gmail.com'],
  },
  {
    name: 'uqr',
    version: '0.1.3',
    licence: 'MIT',
    copyright: ['Copyright (c) Project Nayuki', 'Copyright (c) 2023 Anthony Fu https://github.com/antfu'],
  },
  { name: 'valibot', version: '1.5.0', licence: 'MIT', copyright: ['Copyright (c) Fabian Hiller'] },
  { name: 'yaml', version: '2.9.1', licence: 'ISC', copyright: ['Copyright Eemeli Aro eemeli@gmail.com'] },
] as const;

/** The licences' texts, but for the copyright lines. */
export const LICENCE_TEXTS = {
  MIT: 'Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.',
  ISC: 'Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies. THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.',
} as const;
