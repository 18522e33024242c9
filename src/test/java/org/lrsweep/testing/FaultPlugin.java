package org.lrsweep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Brings a fault to an executor at a certain moment, with {@code spark.plugins}.
 *
 * <p>{@code spark.fault.<kind>} is a regular expression of the descriptions of jobs: their first
 * task is struck, the first time that it runs. {@code spark.fault.folder} is where each fault
 * leaves a file. The kinds:
 *
 * <ul>
 *   <li>{@code kill}: SIGKILL for the executor once it has the task's result, before it says so;
 *   <li>{@code drop}: at that moment, whatever the executor's block manager holds is dropped;
 *   <li>{@code fail}: the task throws, after its work, in its first and its second attempt;
 *   <li>{@code slow}: the task does nothing until it is killed, or for a minute;
 *   <li>{@code stall}: SIGSTOP for the executor as the task begins, SIGCONT three seconds later;
 *   <li>{@code decommission}: SIGPWR for the executor as the task begins.
 * </ul>
 */
public final class FaultPlugin implements SparkPlugin {
  private static final String SETTINGS = "spark.fault.";

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {};
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Faulty();
  }

  private static final class Faulty implements ExecutorPlugin {
    /** What is to happen when this thread's task has its result. */
    private static final ThreadLocal<Runnable> AFTERWARDS = new ThreadLocal<>();

    private final Map<String, Pattern> at = new TreeMap<>();
    private Path folder;

    @Override
    public void init(PluginContext context, Map<String, String> unused) {
      folder = Path.of(context.conf().get(SETTINGS + "folder"));
      for (Tuple2<String, String> setting : context.conf().getAllWithPrefix(SETTINGS)) {
        at.put(setting._1(), Pattern.compile(setting._2()));
      }
    }

    @Override
    public void onTaskStart() {
      AFTERWARDS.remove();
      TaskContext task = TaskContext.get();
      String job = String.valueOf(task.getLocalProperty("spark.job.description"));
      at.forEach(
          (kind, jobs) -> {
            if (task.partitionId() == 0 && jobs.matcher(job).find()) {
              strike(kind, job, task);
            }
          });
    }

    private void strike(String kind, String job, TaskContext task) {
      switch (kind) {
        case "kill" -> once(kind, job, () -> AFTERWARDS.set(Faulty::die));
        case "drop" -> once(kind, job, () -> AFTERWARDS.set(Faulty::dropAllBlocks));
        case "slow" -> once(kind, job, Faulty::beSlow);
        case "stall" -> once(kind, job, () -> signal("STOP $PPID; sleep 3; kill -CONT"));
        case "decommission" -> once(kind, job, () -> signal("PWR"));
        case "fail" -> {
          if (task.attemptNumber() < 2) {
            once(kind + task.attemptNumber(), job, () -> failAfterwards(task));
          }
        }
        default -> {}
      }
    }

    /** Once a job, in whichever executor and attempt; a round that is repeated is the same job. */
    private void once(String kind, String job, Runnable fault) {
      try {
        Files.createFile(folder.resolve(kind + "_" + job.replaceAll("[^A-Za-z0-9-]+", "_")));
        fault.run();
      } catch (FileAlreadyExistsException e) {
        // It has been struck before.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onTaskSucceeded() {
      Runnable afterwards = AFTERWARDS.get();
      AFTERWARDS.remove();
      if (afterwards != null) {
        afterwards.run();
      }
    }

    private static void failAfterwards(TaskContext task) {
      TaskCompletionListener failing =
          ended -> {
            throw new IllegalStateException(
                "attempt " + ended.attemptNumber() + " fails by the test");
          };
      task.addTaskCompletionListener(failing);
    }

    private static void beSlow() {
      try {
        new CountDownLatch(1).await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // Killed, since a copy was faster; it goes on, as one that doesn't notice would.
      }
    }

    private static void die() {
      signal("KILL");
      while (true) {
        Thread.onSpinWait();
      }
    }

    private static void signal(String names) {
      try {
        new ProcessBuilder("sh", "-c", "kill -" + names + " $PPID").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Not only from memory and disk: a broadcast's value is cached beside its blocks. */
    private static void dropAllBlocks() {
      BlockManager blocks = SparkEnv.get().blockManager();
      Seq<BlockId> held = blocks.getMatchingBlockIds(any -> true);
      JavaConverters.seqAsJavaList(held).forEach(block -> blocks.removeBlock(block, true));
      SparkEnv.get().broadcastManager().cachedValues().clear();
    }
  }
}
