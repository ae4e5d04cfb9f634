import { Me } from '@longtable/shared/protocol/http/people';
import { request } from '../../lib/http.ts';

export const fetchMe = () => request(Me, '/api/me');
