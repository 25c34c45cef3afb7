/**
 * Does a policy keep its contract? Random workloads, what must hold of each, and the smallest one
 * that shows a failure.
 */
package org.schedlab.conformance;
