package org.lrsweep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
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
 * <p>{@code spark.fault.<kind>} names steps, as in {@code finder@40,trial-02@20}: of the first job
 * that trains such a step, the first task is struck. How many steps are in a job differs from run
 * to run. {@code spark.fault.folder} is where each fault leaves a file, as {@code kill_finder_40}.
 * The kinds:
 *
 * <ul>
 *   <li>{@code kill}: SIGKILL for the executor once it has the task's result, before it says so;
 *   <li>{@code crash}: SIGKILL for the executor when the task has just begun to work;
 *   <li>{@code drop}: once the executor has the task's result, whatever its block manager holds is
 *       dropped;
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

  /** A step of the finder or of a trial. */
  private record Moment(String run, long step) {
    private static final Pattern NAMED = Pattern.compile("([^,@]+)@(\\d+)");
    private static final Pattern STEPS = Pattern.compile("steps? (\\d+)(?: to (\\d+))?$");

    static List<Moment> all(String text) {
      List<Moment> moments = new ArrayList<>();
      Matcher named = NAMED.matcher(text);
      while (named.find()) {
        moments.add(new Moment(named.group(1), Long.parseLong(named.group(2))));
      }
      return moments;
    }

    boolean isIn(String job) {
      Matcher steps = STEPS.matcher(job);
      if (!job.contains(run) || !steps.find()) {
        return false;
      }
      long first = Long.parseLong(steps.group(1));
      long last = steps.group(2) == null ? first : Long.parseLong(steps.group(2));
      return first <= step && step <= last;
    }

    String label() {
      return run + "_" + step;
    }
  }

  private static final class Faulty implements ExecutorPlugin {
    /** What is to happen when this thread's task has its result. */
    private static final ThreadLocal<Runnable> AFTERWARDS = new ThreadLocal<>();

    private final Map<String, List<Moment>> at = new TreeMap<>();
    private Path folder;

    @Override
    public void init(PluginContext context, Map<String, String> unused) {
      folder = Path.of(context.conf().get(SETTINGS + "folder"));
      for (Tuple2<String, String> setting : context.conf().getAllWithPrefix(SETTINGS)) {
        if (!setting._1().equals("folder")) {
          at.put(setting._1(), Moment.all(setting._2()));
        }
      }
    }

    @Override
    public void onTaskStart() {
      AFTERWARDS.remove();
      TaskContext task = TaskContext.get();
      String job = String.valueOf(task.getLocalProperty("spark.job.description"));
      at.forEach(
          (kind, moments) ->
              moments.stream()
                  .filter(moment -> task.partitionId() == 0 && moment.isIn(job))
                  .forEach(moment -> strike(kind, moment.label(), task)));
    }

    private void strike(String kind, String moment, TaskContext task) {
      switch (kind) {
        case "kill" -> once(kind, moment, () -> AFTERWARDS.set(Faulty::die));
        case "crash" -> once(kind, moment, () -> signal("CONT $PPID; sleep 0.03; kill -KILL"));
        case "drop" -> once(kind, moment, () -> AFTERWARDS.set(Faulty::dropAllBlocks));
        case "slow" -> once(kind, moment, Faulty::beSlow);
        case "stall" -> once(kind, moment, () -> signal("STOP $PPID; sleep 3; kill -CONT"));
        case "decommission" -> once(kind, moment, () -> signal("PWR"));
        case "fail" -> {
          if (task.attemptNumber() < 2) {
            once(kind + task.attemptNumber(), moment, () -> failAfterwards(task));
          }
        }
        default -> {}
      }
    }

    /** Once a moment, in whichever executor and attempt; rounds may be repeated. */
    private void once(String kind, String moment, Runnable fault) {
      try {
        Files.createFile(folder.resolve(kind + "_" + moment));
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
