"""Makes the expected values beside it with OpenCV and SciPy, independently of LRSweep.

Made with Debian 12's python3-opencv 4.6.0 and python3-scipy 1.10.1:
    /usr/bin/python3 make_oracles.py
"""

import cv2
import numpy
from scipy import ndimage

random = numpy.random.RandomState(42)
rows, cols = numpy.mgrid[0:28, 0:28]
images = numpy.stack(
    [
        random.randint(0, 256, (28, 28)),
        (rows * 5 + cols * 4) % 256,
        (rows // 3 + cols // 2) % 2 * 255,
    ]
).astype(numpy.uint8)
images.tofile("images-3x28x28.bin")

for height, width in [(32, 32), (28, 28), (40, 45), (20, 17), (64, 28)]:
    resized = [cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR) for image in images]
    numpy.stack(resized).tofile(f"opencv-3x{height}x{width}.bin")

# Keras' ImageDataGenerator shifts with this call, then flips.
# Each motion: rows, cols, whether flipped. Floats are big-endian, as Java reads them.
motions = [(0, 0, 0), (1.25, -2.5, 0), (-3.2, 3.1999, 1), (0.3, 0, 1), (-2, 3, 0), (2.8, 2.8, 1)]
moved = []
for image in images.astype(numpy.float32) / 255:
    for down, across, flipped in motions:
        shifted = ndimage.affine_transform(
            image, numpy.eye(2), offset=(down, across), order=1, mode="nearest"
        )
        moved.append(shifted[:, ::-1] if flipped else shifted)
numpy.stack(moved).astype(">f4").tofile("scipy-moved-18x28x28.bin")
