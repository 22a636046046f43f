live=(since,away)=>{
let line=new EventTarget,ended=new AbortController,signal=ended.signal,account=document.documentElement.dataset.account,
name="live-"+account,locks=navigator.locks,last=since,source,channel,patience,release,
tell=(type,data,lastEventId)=>{let event=new MessageEvent(type,{data,lastEventId});line.said?line.said.push(event):line.dispatchEvent(event)},
say=told=>channel&&channel.postMessage(told),
hear=(type,data,id)=>{if(id)last=+id;tell(type,data,id)},
lead=()=>{
if(source||signal.aborted)return;
clearTimeout(patience);
say(["at",last]);
source=new EventSource(`/live?since=${last}&account=${account}`);
for(let type of ["open","message","beat","error"])source.addEventListener(type,event=>{
let told=[type,event.data,event.lastEventId];
say(told);
hear(...told)
});
return new Promise(done=>release=done)
},
robbed=()=>{if(!signal.aborted){line.close();tell("error")}},
wait=(time,then)=>{
clearTimeout(patience);
patience=setTimeout(then,time)
},
rob=()=>locks.request(name,{steal:true},lead).catch(robbed),
call=()=>{
say(["where"]);
wait(5e3,()=>wait(500,rob))
};
line.said=[];
line.since=since;
line.alone=!locks;
line.close=()=>{
ended.abort();
clearTimeout(patience);
source&&source.close();
release&&release();
channel&&channel.close()
};
if(locks){
channel=new BroadcastChannel(name);
channel.onmessage=({data:[type,data,id]})=>{
if(type=="where")source&&say(["at",last,source.readyState==1]);
else if(!source){
clearTimeout(patience);
if(type=="at"){
if(away||data>last)hear("message","",data);
away=0;
id&&tell("open")
}else hear(type,data,id)
}
};
locks.request(name,{signal},lead).catch(robbed);
call();
addEventListener("visibilitychange",()=>document.hidden||source||call(),{signal})
}else lead();
return line
};
