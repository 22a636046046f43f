{let shown=new Map,
forget=text=>{
let known=shown.get(text);
if(known)for(let [other,[font,data]] of shown)if(font==known[0]){
shown.delete(other);
if(other!=text)other.data=data;
font.remove()
}
},
watch=new MutationObserver(changes=>{
let texts=[],fonts=[];
for(let {type,target,removedNodes,addedNodes} of changes){
if(type!="childList")forget(target);
for(let node of addedNodes)/^font$|-/.test(node.localName)&&fonts.push([target,node]);
for(let node of removedNodes)if(node.nodeType==3){
forget(node);
texts.push([target,node])
}
}
for(let [from,text] of texts){
let place=fonts.findIndex(([at,font])=>at==from&&font.parentNode==at);
if(place<0||text.parentNode==from)continue;
let [[,font]]=fonts.splice(place,1);
if(font.contains(text))text.replaceWith(text.cloneNode());
font.before(text);
shown.set(text,[font,text.data]);
text.data=""
}
watch.takeRecords()
});
untranslated=()=>{
for(let [text,[font,data]] of shown){
text.data=data;
font.remove()
}
shown.clear();
watch.takeRecords()
};
watch.observe(document,{subtree:true,childList:true,characterData:true})}
