package org.lrsweep.training.dl4j;

import java.util.List;
import org.lrsweep.training.WorkerExamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A worker's data sets, put together; the same order in every epoch.
 *
 * @param all null if there are none
 */
record DataSetExamples(DataSet all) implements WorkerExamples {

  static DataSetExamples of(List<DataSet> dataSets) {
    for (DataSet dataSet : dataSets) {
      if (dataSet.hasMaskArrays()) {
        throw new IllegalArgumentException(
            "Data sets with mask arrays can't be trained in rounds; take them out of the RDD");
      }
    }
    return new DataSetExamples(dataSets.isEmpty() ? null : DataSet.merge(dataSets));
  }

  @Override
  public int size() {
    return all == null ? 0 : all.numExamples();
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    return new DataSet(rows(all.getFeatures(), from, count), rows(all.getLabels(), from, count));
  }

  private static INDArray rows(INDArray array, int from, int count) {
    INDArrayIndex[] index = new INDArrayIndex[array.rank()];
    java.util.Arrays.fill(index, NDArrayIndex.all());
    index[0] = NDArrayIndex.interval(from, from + count);
    return array.get(index).dup();
  }
}
