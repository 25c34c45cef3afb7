/** One workload as processes, as threads and as coroutines: from scenario to scenarios. */
package org.schedlab.models;
