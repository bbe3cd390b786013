/** What k6 has without an import, and @types/k6 does not know. */
declare const console: Record<'log' | 'warn' | 'error', (text: string) => void>;
