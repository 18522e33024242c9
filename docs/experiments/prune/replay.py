import csv,statistics,sys,itertools
def load(d):
    ep={}
    for r in csv.DictReader(open(d+'/epochs.csv')): ep.setdefault(r['trial_id'],{})[int(r['epoch'])]=float(r['val_accuracy'])
    tr={r['trial_id']:r for r in csv.DictReader(open(d+'/trials.csv'))}
    return ep,tr
def cycle(t): return int(2*float(t['step_size_epochs']))
def replay(ep,tr,order,total=8):
    got={}; used=0; done={}
    for i,t in enumerate(order):
        stop=None
        for e in range(1,total+1):
            if e not in ep[t]: break
            got.setdefault(t,{})[e]=ep[t][e]; used+=1
            if e%cycle(tr[t])==0 and e<total:
                o=[got[x][e] for x in order[:i] if e%cycle(tr[x])==0 and e in got[x]]
                if len(o)>=3 and ep[t][e]<statistics.median(o): stop=e;break
        done[t]=stop
    best=max((max(got[t].values()),t) for t in order if done[t] is None)
    return used,sum(1 for t in order if done[t]),best
ep,tr=load(sys.argv[1])
order=sorted(ep)
allbest=max((max(v.values()),t) for t,v in ep.items())
print('best of all',allbest,{t:len(v) for t,v in ep.items() if len(v)<8})
print('ascending',replay(ep,tr,order))
desc=[t for g in range(3,-1,-1) for t in order[4*g:4*g+4]]
print('descending',replay(ep,tr,desc))
import random
us=[];los=[]
for s in range(200):
    o=order[:]; random.Random(s).shuffle(o); u,n,b=replay(ep,tr,o); us.append(u); los.append(allbest[0]-b[0])
print('random orders: epochs mean',sum(us)/len(us),min(us),max(us),'lost best in',sum(1 for l in los if l>0),'of 200, mean loss',sum(los)/len(los),'max',max(los))
