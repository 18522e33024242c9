/** Sends results to an MLflow tracking server, by its REST interface. */
package org.lrsweep.export.mlflow;
