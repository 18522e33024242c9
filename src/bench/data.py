#!/usr/bin/env python3
"""Measures what a user's own data costs, by size: prints a JSON object a line.

    src/bench/data.py --folder DIR [--sizes 1,5,20] [--storage disk,memory] [--turns 3]
                      [--model small-cnn] [--batch 64] [--steps 400] [--heap 1g] [--cores 2]

DIR gets random images of 3 x 32 x 32 bytes as a pair of idx files for each size in GB (1e9 bytes),
Spark's local files, and results.jsonl, with a line for each measurement. Files that are whole and
lines that are there are not made again, so that a call which was broken off goes on.

A measurement is a range test in one JVM, driver and executor in one, with --heap for both; shares in
memory get a heap that they fit in. It is ended after --steps steps, the first quarter of which does
not count. Times are those of Spark's event log:

    first_step_s    from the application's start to the end of the first job that trained
    read_s          of that, to the end of the last job before it: read, decode, shuffle, count
    step_ms         the median over jobs of a job's time by its steps
    source_passes   how often the tasks that read the source ran, by how many they are
    source_bytes_by_data  bytes that the JVM asked of files while these tasks ran, by the bytes of
                    the data: near 1 for one pass
    disk_read_gb    what came from the disk during the steps: 0 from a warm page cache
    peak_rss_gb     the JVM's largest memory, pages of mapped files included

Linux alone. The machine should do nothing else.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import struct
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = 3 * 32 * 32
BLOCK = 10_000
STEPS = re.compile(r"steps? (\d+)(?: to (\d+))?$")
GB = 10**9


def generate(folder, size):
    """A pair of idx files of so many GB."""
    count = max(BLOCK, round(size * GB / EXAMPLE))
    images, labels = folder / f"images-{size:g}gb.idx", folder / f"labels-{size:g}gb.idx"
    whole = {images: 20 + count * EXAMPLE, labels: 8 + count}
    if any(not file.exists() or file.stat().st_size != bytes_ for file, bytes_ in whole.items()):
        with open(images, "wb") as out:
            out.write(struct.pack(">IIIII", 0x0804, count, 3, 32, 32))
            for start in range(0, count, BLOCK):
                out.write(os.urandom(min(BLOCK, count - start) * EXAMPLE))
        with open(labels, "wb") as out:
            out.write(struct.pack(">II", 0x0801, count))
            out.write(bytes(i % 10 for i in range(count)))
    return images, labels, count


def megabytes(heap):
    return int(heap[:-1]) * {"m": 1, "g": 1024}[heap[-1].lower()]


def command(args, work, size, storage):
    images, labels, count = generate(args.folder, size)
    heap = megabytes(args.heap)
    if storage == "memory":
        heap = max(heap, 1024 + int(1.3 * count * EXAMPLE / 2**20))
    steps_an_epoch = count // args.batch
    settings = [
        "data.dataset=idx",
        f"data.train.images={images}",
        f"data.train.labels={labels}",
        "data.validation=0.01",
        f"data.storage={storage}",
        "data.augmentation.shift=0",
        f"model.network={args.model}",
        f"batch-size={args.batch}",
        "finder.start-lr=1.0e-9",
        "finder.end-lr=1.0e-8",
        f"finder.epochs={1 + 2 * args.steps // steps_an_epoch}",
        f"finder.workers={args.cores}",
        f"output={work / 'output'}",
    ]
    experiment = work / "experiment.conf"
    experiment.write_text("lrsweep {}\n")
    line = [str(ROOT / "submit" / "local.sh"), "find", "--config", str(experiment)]
    for setting in settings:
        line += ["--set", setting]
    line += ["--", "--master", f"local[{args.cores},4]"]
    for setting in [
        "spark.eventLog.enabled=true",
        f"spark.eventLog.dir={work / 'events'}",
        f"spark.local.dir={work / 'local'}",
    ]:
        line += ["--conf", setting]
    return line, heap, count


def events(work):
    """What the event log has so far; its last line may be half written."""
    found = []
    for log in (work / "events").iterdir():
        for line in log.read_text().splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                pass
    return found


def trained(event):
    """How many steps a job that starts trains; 0 if it does something else."""
    title = (event.get("Properties") or {}).get("spark.job.description") or ""
    steps = STEPS.search(title)
    return int(steps[2] or steps[1]) - int(steps[1]) + 1 if steps else 0


def jobs(found):
    """Start and end in ms and steps of each job that has ended."""
    started = {e["Job ID"]: e for e in found if e["Event"] == "SparkListenerJobStart"}
    for event in found:
        if event["Event"] == "SparkListenerJobEnd":
            start = started[event["Job ID"]]
            yield start["Submission Time"], event["Completion Time"], trained(start)


def counters(pid):
    """Bytes that a process asked of files, and of the disk; and its largest memory."""
    io = dict(line.split(": ") for line in open(f"/proc/{pid}/io").read().splitlines())
    status = open(f"/proc/{pid}/status").read()
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024
    return {"asked": int(io["rchar"]), "disk": int(io["read_bytes"]), "peak": peak}


def asked_by(samples, moment):
    """Bytes that were asked for by a moment in ms, between two samples by their distance."""
    before = max((s for s in samples if s[0] <= moment), default=samples[0])
    after = min((s for s in samples if s[0] > moment), default=samples[-1])
    share = (moment - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 0
    return before[1] + min(1, max(0, share)) * (after[1] - before[1])


def measure(args, size, storage, turn):
    work = args.folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    for name in ("events", "local", "output"):
        (work / name).mkdir(parents=True)
    line, heap, count = command(args, work, size, storage)
    environment = {**os.environ, "LRSWEEP_MEMORY": f"{heap}m"}
    log = open(work / "log", "w")
    process = subprocess.Popen(line, env=environment, stdout=log, stderr=subprocess.STDOUT)
    first = last = None
    samples = []
    try:
        while process.poll() is None:
            time.sleep(0.2)
            try:
                last = counters(process.pid)
                samples.append((1000 * time.time(), last["asked"]))
            except (FileNotFoundError, ProcessLookupError, TypeError):
                break  # it has ended
            done = sum(steps for _, _, steps in jobs(events(work)))
            if first is None and done >= args.steps / 4:
                first = last
            if done >= args.steps:
                break
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
    found = events(work)
    training = [job for job in jobs(found) if job[2] > 0]
    if last is None or sum(job[2] for job in training) < args.steps / 2:
        raise SystemExit(f"{work / 'log'} says why nothing was trained")
    begin = next(e["Timestamp"] for e in found if e["Event"] == "SparkListenerApplicationStart")
    before = [job for job in jobs(found) if job[2] == 0 and job[1] <= training[0][1]]
    tasks = [e for e in found if e["Event"] == "SparkListenerTaskEnd"]
    writers = {
        e["Stage ID"]
        for e in tasks
        if e.get("Task Metrics")
        and e["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"] > 0
    }
    sources = [
        e["Stage Info"]
        for e in found
        if e["Event"] == "SparkListenerStageCompleted" and e["Stage Info"]["Stage ID"] in writers
    ]
    source = sources[0]
    asked = asked_by(samples, source["Completion Time"]) - asked_by(
        samples, source["Submission Time"]
    )
    ran = sum(1 for e in tasks if e["Stage ID"] in writers)
    seen, times = 0, []
    for start, end, steps in training:
        if seen >= args.steps / 4:
            times.append((end - start) / steps)
        seen += steps
    data = count * EXAMPLE
    return {
        "size_gb": size,
        "storage": storage,
        "turn": turn,
        "model": args.model,
        "batch": args.batch,
        "workers": args.cores,
        "heap_mb": heap,
        "examples": count,
        "first_step_s": round((training[0][1] - begin) / 1000, 2),
        "read_s": round((max(job[1] for job in before) - begin) / 1000, 2) if before else None,
        "steps": seen,
        "step_ms": round(statistics.median(times), 3),
        "source_passes": round(ran / source["Number of Tasks"], 3),
        "source_bytes_by_data": round(asked / data, 3),
        "disk_read_gb": round((last["disk"] - first["disk"]) / GB, 3) if first else None,
        "peak_rss_gb": round(last["peak"] / GB, 3),
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=lambda text: pathlib.Path(text).resolve(), required=True)
    parser.add_argument("--sizes", default="1,5,20")
    parser.add_argument("--storage", default="disk,memory")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--model", default="small-cnn")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--heap", default="1g")
    parser.add_argument("--cores", type=int, default=2)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    results = args.folder / "results.jsonl"
    known = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for size in (float(text) for text in args.sizes.split(",")):
        for turn in range(args.turns):
            for storage in args.storage.split(","):
                if storage == "memory" and 1.3 * size * GB + 2 * GB > 0.7 * memory:
                    continue  # no heap of this machine holds it
                wanted = {
                    "size_gb": size,
                    "storage": storage,
                    "turn": turn,
                    "model": args.model,
                    "batch": args.batch,
                    "workers": args.cores,
                }
                row = next((row for row in known if wanted.items() <= row.items()), None)
                if row is None:
                    row = measure(args, size, storage, turn)
                    with open(results, "a") as out:
                        print(json.dumps(row), file=out)
                print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
