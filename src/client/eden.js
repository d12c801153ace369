import { treaty } from '@elysiajs/eden';

export const createClient = (origin, options = {}) => treaty(origin, { ...options, parseDate: false });
