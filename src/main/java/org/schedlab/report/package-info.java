/**
 * What people see of a run: result.json, tables, charts. {@link org.schedlab.report.RunRecorder}
 * listens to a run and gives its {@link org.schedlab.report.RunReport}.
 */
package org.schedlab.report;
