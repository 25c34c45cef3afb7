/** What things cost: named parameters with their sources, and the profiles of known machines. */
package org.schedlab.cost;
