import 'i18next';
import type { vi } from './texts/vi';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'desk';
    resources: { desk: typeof vi };
  }
}
