# Writes pytorch-schedules.csv: python3 pytorch-schedules.py > pytorch-schedules.csv
# Made with PyTorch 1.13.1 (Debian python3-torch 1.13.1+dfsg-4), double precision.
import torch, sys
from torch.optim.lr_scheduler import CosineAnnealingWarmRestarts, CyclicLR, LinearLR, OneCycleLR
def run(name, make, steps, pick, first=1.0):
    p=torch.nn.Parameter(torch.zeros(1)); o=torch.optim.SGD([p],lr=first,momentum=0.9); s=make(o)
    for t in range(steps):
        g=o.param_groups[0]
        if pick(t): print('%s,%d,%r,%r'%(name,t,float(g['lr']),float(g['momentum'])))
        o.step()
        if t<steps-1: s.step()
print('# Values of torch.optim.lr_scheduler from PyTorch 1.13.1 (Debian 12, python3-torch 1.13.1+dfsg-4):')
print('# optimizer.param_groups[0] lr and momentum before each step, over three cycles, a sample of the steps.')
print('schedule,step,lr,momentum')
every=lambda t: True
third=lambda t: t%4==0 or t>295
seventh=lambda t: t%31==0 or t%250<2 or t%250>248
C=lambda **k: (lambda o: CyclicLR(o,**k))
run('triangular',C(base_lr=1e-5,max_lr=1e-2,step_size_up=250,mode='triangular'),1501,seventh)
run('triangular2',C(base_lr=1e-5,max_lr=1e-2,step_size_up=250,mode='triangular2'),1501,seventh)
run('exp_range',C(base_lr=1e-5,max_lr=1e-2,step_size_up=250,mode='exp_range',gamma=0.9994),1501,seventh)
run('asymmetric',C(base_lr=1e-3,max_lr=6e-3,step_size_up=20,step_size_down=50,mode='triangular2',base_momentum=0.85,max_momentum=0.95),211,every)
run('own_scale_of_cycle',C(base_lr=1e-3,max_lr=6e-3,step_size_up=20,scale_fn=lambda c: 1/c,scale_mode='cycle'),121,every)
run('own_scale_of_step',C(base_lr=1e-3,max_lr=6e-3,step_size_up=20,scale_fn=lambda t: 1/(1+t/10),scale_mode='iterations'),121,every)
O=lambda **k: (lambda o: OneCycleLR(o,**k))
run('one_cycle_cos',O(max_lr=1e-2,total_steps=300),300,third)
run('one_cycle_linear',O(max_lr=1e-2,total_steps=300,anneal_strategy='linear',pct_start=0.25,div_factor=10,final_div_factor=100),300,third)
run('one_cycle_three_phase_cos',O(max_lr=1e-2,total_steps=300,three_phase=True,pct_start=0.4),300,third)
run('one_cycle_three_phase_linear',O(max_lr=1e-2,total_steps=301,three_phase=True,pct_start=0.37,anneal_strategy='linear'),301,third)
W=lambda **k: (lambda o: CosineAnnealingWarmRestarts(o,**k))
run('cosine_restarts',W(T_0=50,T_mult=1,eta_min=1e-5),201,every,1e-2)
run('cosine_restarts_growing',W(T_0=20,T_mult=2,eta_min=1e-5),301,every,1e-2)
run('linear',lambda o: LinearLR(o,start_factor=1.0,end_factor=0.0,total_iters=300),301,third,1e-2)
