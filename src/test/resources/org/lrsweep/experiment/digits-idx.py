"""Writes scikit-learn's digits as MNIST's four idx files, every fourth one to test on: python3 digits-idx.py FOLDER"""
import struct
import sys
import numpy as np
from sklearn import datasets

digits = datasets.load_digits()
images = np.round(digits.images * 255 / 16).astype(np.uint8)
order = np.random.RandomState(7).permutation(len(images))
for part, rows in (("train", order[len(order) // 4:]), ("t10k", order[:len(order) // 4])):
    with open("%s/%s-images-idx3-ubyte" % (sys.argv[1], part), "wb") as out:
        out.write(struct.pack(">4B3I", 0, 0, 8, 3, len(rows), *images.shape[1:]))
        out.write(images[rows].tobytes())
    with open("%s/%s-labels-idx1-ubyte" % (sys.argv[1], part), "wb") as out:
        out.write(struct.pack(">4BI", 0, 0, 8, 1, len(rows)))
        out.write(digits.target[rows].astype(np.uint8).tobytes())
