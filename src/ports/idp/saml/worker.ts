/** What a worker of the verifier runs: an entry of its own, in the container's executable too. */
import { isTask, perform } from './tasks.ts';
import { answerOrders } from './worker-scope.ts';

answerOrders(isTask, perform);
