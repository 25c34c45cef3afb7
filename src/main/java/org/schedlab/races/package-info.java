/**
 * Who accesses what without order: happens-before, lock sets, lost updates and broken atomicity, of
 * one sequence of events. Knows no threads, files or schedulers, only numbers.
 */
package org.schedlab.races;
